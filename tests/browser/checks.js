// What tests ask of a page, each a function that returns plain data.
({
  unfold() {
    document.querySelectorAll("details").forEach(fold => { fold.open = true; });
  },

  // Rows of one table are written by the same code: the first few stand for all of them.
  shorten() {
    document.querySelectorAll(".scroll tbody").forEach(body => {
      [...body.rows].slice(4).forEach(row => row.remove());
    });
  },

  width() {
    return document.documentElement.scrollWidth;
  },

  // Levels of the headings that are not in order: first one, then none two below the last.
  headings() {
    const all = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
    const levels = all.map(heading => Number(heading.tagName[1]));
    const wrong = all.filter((_, i) => levels[i] > (levels[i - 1] ?? 0) + 1);
    const firsts = levels.filter(level => level === 1).length;
    return [...wrong.map(heading => heading.textContent), ...(firsts === 1 ? [] : [`${firsts} h1`])];
  },

  duplicates() {
    const ids = [...document.querySelectorAll("[id]")].map(node => node.id);
    return ids.filter((id, i) => ids.indexOf(id) !== i);
  },

  // Links to a place in the page itself that is not there.
  nowhere() {
    const own = [...document.querySelectorAll("a[href^='#']")].map(link => link.hash.slice(1));
    return own.filter(id => document.getElementById(decodeURIComponent(id)) === null);
  },

  figures() {
    return [...document.querySelectorAll("figure.reckon")].map(figure => ({
      alt: figure.querySelector("svg > desc").textContent,
      caption: figure.querySelector("figcaption p").textContent,
    }));
  },

  // Texts of figures that are too small to read or reach out of the figure.
  illegible(smallest) {
    const size = text => {
      const drawing = text.ownerSVGElement;
      const scale = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
      return parseFloat(getComputedStyle(text).fontSize) * scale;
    };
    const outside = text => {
      const own = text.getBoundingClientRect();
      const frame = text.ownerSVGElement.getBoundingClientRect();
      return own.left < frame.left - 1 || own.right > frame.right + 1;
    };
    return [...document.querySelectorAll("figure > svg text")]
      .filter(text => size(text) < smallest - 0.01 || outside(text))
      .map(text => `illegible: ${text.textContent} at ${size(text).toFixed(1)} px`);
  },

  nameless() {
    return [...document.images].filter(image => image.alt.trim().length < 20).map(image => image.alt);
  },

  // What can hold the focus, in the order of the page.
  stops() {
    const all = "a[href], button, select, input, textarea, summary, [tabindex]";
    return [...document.querySelectorAll(all)]
      .filter(node => node.tabIndex >= 0 && node.checkVisibility({visibilityProperty: true}))
      .filter(node => !(node.parentElement.closest("details:not([open])")
        && node.closest("summary") === null))
      .map((node, i) => { node.dataset.stop = i; return node.outerHTML.slice(0, 80); });
  },

  focused() {
    const node = document.activeElement, style = getComputedStyle(node);
    const box = node.getBoundingClientRect();
    return {
      stop: node.dataset.stop === undefined ? null : Number(node.dataset.stop),
      outlined: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2,
      seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  },

  // Contrast of every text against what lies behind it (WCAG 2.2, 1.4.3): in a drawing, the shape
  // under the middle of the text, else the page.
  contrast() {
    const parse = text => (text.match(/[\d.]+/g) || []).map(Number);
    const over = (top, under) => {
      const alpha = top.length > 3 ? top[3] : 1;
      return [0, 1, 2].map(i => top[i] * alpha + under[i] * (1 - alpha));
    };
    const behind = node => {
      if (!node) return [255, 255, 255];
      const own = parse(getComputedStyle(node).backgroundColor);
      return own.length > 3 && own[3] === 0 ? behind(node.parentElement)
        : over(own, behind(node.parentElement));
    };
    const below = text => {
      const page = behind(text.closest("figure, td, div")), box = text.getBoundingClientRect();
      const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
      const shapes = [...text.ownerSVGElement.querySelectorAll("path, rect")].filter(shape => {
        const before = text.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_PRECEDING;
        const paint = getComputedStyle(shape).fill;
        return before && paint !== "none" && !shape.closest("defs, symbol")
          && shape.isPointInFill(middle.matrixTransform(shape.getScreenCTM().inverse()));
      });
      return shapes.reduce((under, shape) => {
        const style = getComputedStyle(shape), paint = parse(style.fill);
        const alpha = (paint[3] ?? 1) * style.fillOpacity * style.opacity;
        return over([...paint.slice(0, 3), alpha], under);
      }, page);
    };
    const luminance = color => color.map(part => part / 255).map(
      part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    ).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
    const bad = [];
    let seen = 0;
    for (const node of document.body.querySelectorAll("*")) {
      const own = [...node.childNodes].some(part => part.nodeType === 3 && part.data.trim());
      if (!own || node.closest("title, desc, style, script, .unseen, .skip, [hidden]")) continue;
      const style = getComputedStyle(node), drawn = node instanceof SVGElement;
      const under = drawn ? below(node) : behind(node);
      const paint = over(parse(drawn ? style.fill : style.color), under);
      const pair = [luminance(paint), luminance(under)].sort((a, b) => b - a);
      const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
      const size = parseFloat(style.fontSize), weight = Number(style.fontWeight);
      const large = size >= 24 || (size >= 18.66 && weight >= 700);
      seen += 1;
      if (ratio < (large && !drawn ? 3 : 4.5)) {
        bad.push(`${node.tagName} ${node.textContent.slice(0, 30)}: ${ratio.toFixed(2)}`);
      }
    }
    return {bad, seen};
  },

  // Text that a box hides: cut by its ancestor without a way to scroll to it.
  cut() {
    const bad = [];
    for (const node of document.querySelectorAll("main *, header *, footer *")) {
      const style = getComputedStyle(node);
      if (node.closest(".unseen, svg, math") || style.clipPath !== "none") continue;
      const hides = style.overflowX === "hidden" || style.overflowX === "clip";
      if (hides && node.scrollWidth > node.clientWidth + 1) bad.push(node.className);
    }
    return bad;
  },

  // Regions that scroll need a name and the keyboard (and a table in one its own header cells).
  regions() {
    return [...document.querySelectorAll("main *")].filter(node => {
      const style = getComputedStyle(node);
      return ["auto", "scroll"].includes(style.overflowX) && node.scrollWidth > node.clientWidth;
    }).filter(node => node.tabIndex !== 0 || !(node.ariaLabel || node.getAttribute("aria-labelledby")))
      .map(node => node.outerHTML.slice(0, 80));
  },

  tablesPast(edge) {
    return [...document.querySelectorAll("table, svg, figure, pre")]
      .filter(node => node.checkVisibility() && node.getBoundingClientRect().right > edge + 1)
      .map(node => node.outerHTML.slice(0, 80));
  },

  moving() {
    return document.getAnimations().length;
  },
})
