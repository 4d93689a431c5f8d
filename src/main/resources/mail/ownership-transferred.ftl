${translations.text("mail.ownership-transferred.introduction", mail.owner, mail.account)}

${translations.text("mail.ownership-transferred.not-you")}

${mail.link}

${product}
