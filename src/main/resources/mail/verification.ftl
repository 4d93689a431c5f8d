${translations.text("mail.verification.introduction")}

${mail.link}

${translations.text("mail.verification.ignore")}

${product}
