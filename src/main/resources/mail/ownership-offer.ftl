${words.text("mail.ownership-offer.offers", letter.owner, letter.account)}

${words.text("mail.ownership-offer.answer", words.moment(letter.expiresAt))}

${letter.link}

${words.text("mail.ownership-offer.otherwise")}

${product}
