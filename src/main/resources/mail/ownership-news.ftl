${words.text("mail.ownership-news.now", letter.owner, letter.account)}

${words.text("mail.ownership-news.otherwise")}

${letter.link}

${product}
