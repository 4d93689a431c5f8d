${letter.inviter} has invited you to the billing account "${letter.account}".

If you accept, you will be able to:
<#list letter.permissions as permission>
- ${permission}
</#list>

To accept or decline, open this link until ${letter.expiresAt}:

${letter.link}

The link is meant for you alone. If you don't expect this invitation, you can ignore this mail.

${product}
