${words.text("mail.verification.asked")}

${letter.link}

${words.text("mail.verification.otherwise")}

${product}
