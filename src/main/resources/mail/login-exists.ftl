${translations.text("mail.login-exists.introduction")}

${mail.link}

${translations.text("mail.login-exists.forgotten-password")}

${product}
