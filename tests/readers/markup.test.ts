import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutMarkup } from "../../src/readers/markup.ts";

describe("taking off markup", () => {
  it.each([
    ["plain", "plain"],
    ["a<br>b<br/>c<BR />d", "a\nb\nc\nd"],
    ["<p>a</p><p>b</p>", "a\nb"],
    ['<a href="https://example.org?x=1&amp;y=2">link</a> <b>bold</b>', "link bold"],
    ["<span class=brand>x</span><!-- note -->y", "xy"],
    ["1 < 2 > 0, <3, a <", "1 < 2 > 0, <3, a <"],
    ["never <b closed", "never <b closed"],
    ["&lt;b&gt; &amp;amp; &quot;q&quot; &#39;x&#x27; &apos;", "<b> &amp; \"q\" 'x' '"],
    ["&#128512;&#x1F600; &#1179;", "😀😀 қ"],
    ["AT&T; R&D, &unknown; &#xd800; &#0; &#1114112; &toString; &", "AT&T; R&D, &unknown; &#xd800; &#0; &#1114112; &toString; &"],
  ])("makes %j %j", (html, text) => {
    expect(withoutMarkup(html)).toBe(text);
  });

  it("gives back what was escaped", () => {
    const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    const text = fc.string({ unit: fc.constantFrom("a", "ж", "<", ">", "&", ";", "#", "/", "😀", "\u00a0") });
    fc.assert(fc.property(text, (value) => void expect(withoutMarkup(escaped(value))).toBe(value)));
  });

  it("takes time that grows with the length, whatever is left open", () => {
    for (const piece of ["<a ", "&#1", "<", "&"]) {
      const start = performance.now();
      withoutMarkup(piece.repeat(400_000));
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });
});
