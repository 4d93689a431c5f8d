${words.text("mail.login-exists.asked")}

${letter.link}

${words.text("mail.login-exists.otherwise")}

${product}
