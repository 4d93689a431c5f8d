${translations.text("mail.password-reset.introduction")}

${mail.link}

${translations.text("mail.password-reset.ignore")}

${product}
