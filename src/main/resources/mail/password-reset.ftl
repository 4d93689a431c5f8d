Somebody, probably you, wants to set a new password for this address. Open this link to do so:

${letter.link}

If it was not you, you can ignore this mail: the password stays as it is. Setting a new one ends all sessions.

${product}
