${words.text("mail.password-reset.asked")}

${letter.link}

${words.text("mail.password-reset.otherwise")}

${product}
