const SVG = 'http://www.w3.org/2000/svg';

/** Makes an element: attributes by name (`false` and undefined ones are left out), then what is inside. */
export function el(name, attributes = {}, ...inside) {
  return fill(document.createElement(name), attributes, inside);
}

export function svg(name, attributes = {}, ...inside) {
  return fill(document.createElementNS(SVG, name), attributes, inside);
}

function fill(made, attributes, inside) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...inside.flat().filter(part => part !== undefined && part !== false && part !== ''));
  return made;
}

/** Sets a text only when it is another one: nothing is laid out anew for nothing. */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A number, as people and as machines read it. */
export function putNumber(data, value, text) {
  const plain = String(value);
  if (data.value !== plain) data.value = plain;
  put(data, text);
}

/** Makes one tree look as another one, and keeps what is the same: focus and selection stay where they are. */
export function morph(from, to) {
  for (const {name} of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
  for (const {name, value} of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  morphInside(from, to);
}

export function morphInside(from, to) {
  const all = [...to.childNodes];
  all.forEach((wanted, index) => {
    const there = from.childNodes[index];
    if (!there) from.append(wanted);
    else if (!alike(there, wanted)) there.replaceWith(wanted);
    else if (wanted.nodeType === Node.ELEMENT_NODE) morph(there, wanted);
    else if (there.data !== wanted.data) there.data = wanted.data;
  });
  while (from.childNodes.length > all.length) from.lastChild.remove();
}

const alike = (one, other) => one.nodeName === other.nodeName && one.dataset?.key === other.dataset?.key;
