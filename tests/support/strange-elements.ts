/** Runs in the page: everything in it that our own templates cannot have made. */
export const strangeElements = `(() => {
  const ours = new Set('HTML HEAD META TITLE LINK BODY A P HEADER NAV FORM SPAN SMALL INPUT BUTTON DIV STRONG MAIN H1 H2 UL OL LI LABEL SELECT OPTION ARTICLE DETAILS SUMMARY DL DT DD BR EM SECTION TEXTAREA SCRIPT'.split(' '));
  const elements = [...document.querySelectorAll('*')];
  const attributes = elements.flatMap((element) => [...element.attributes]);
  return [
    ...(globalThis.hit ? ['a script ran'] : []),
    ...(document.scripts.length === 1 ? [] : [document.scripts.length + ' scripts']),
    ...elements.filter((element) => !ours.has(element.tagName)).map((element) => element.tagName),
    ...attributes.filter(({ name }) => /^on|^style$|^srcdoc$/i.test(name)).map(({ name, value }) => name + '=' + value),
    ...attributes
      .filter(({ name, value }) => /^(href|src|action|formaction)$/i.test(name) && !/^(\\/|#|https?:\\/\\/)/.test(value))
      .map(({ name, value }) => name + '=' + value),
  ];
})()`;
