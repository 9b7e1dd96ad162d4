/** Of what `auth.account` says. */
export const accountKey = ['my-account'];
