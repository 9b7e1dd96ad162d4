/** natural's Indonesian stemmer, loaded once a process by environment.js. */
export default globalThis.stemmerOfTheProcess;
