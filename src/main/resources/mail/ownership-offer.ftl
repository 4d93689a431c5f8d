${translations.text("mail.ownership-offer.introduction", mail.owner, mail.account)}

${translations.text("mail.ownership-offer.link", translations.dateTime(mail.expiresAt))}

${mail.link}

${translations.text("mail.ownership-offer.ignore")}

${product}
