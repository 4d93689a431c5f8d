Somebody, probably you, wants to sign up with this address. Open this link to choose a name and a password:

${letter.link}

If it was not you, you can ignore this mail: nothing happens without the link.

${product}
