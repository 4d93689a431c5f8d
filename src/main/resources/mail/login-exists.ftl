Somebody, probably you, wanted to sign up with this address. It has a login already; sign in here:

${letter.link}

If you have forgotten the password, you can set a new one there.

${product}
