${words.text("mail.reminder.waits", letter.inviter, letter.account)}

${words.text("mail.invitation.allows")}
<#list letter.permissions as permission>
- ${permission}
</#list>

${words.text("mail.invitation.open", words.moment(letter.expiresAt))}

${letter.link}

${words.text("mail.reminder.only")} ${words.text("mail.invitation.yours")}

${product}
