${translations.text("mail.reminder.introduction", mail.inviter, mail.account)}

${translations.text("mail.invitation.permissions")}
<#list mail.permissions as permission>
- ${permission}
</#list>

${translations.text("mail.invitation.link", translations.dateTime(mail.expiresAt))}

${mail.link}

${translations.text("mail.reminder.single")} ${translations.text("mail.invitation.personal")}

${product}
