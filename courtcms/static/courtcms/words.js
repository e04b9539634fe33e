// The sentences of the scripts, in the language of the page (json_script "words" in base.html).
const element = document.getElementById("words");
const words = element ? JSON.parse(element.textContent) : {};

/** The sentence `key`, with %(name)s filled in from `values`. */
export function word(key, values = {}) {
  return (words[key] ?? "").replace(/%\((\w+)\)s/g, (_, name) => String(values[name] ?? ""));
}
