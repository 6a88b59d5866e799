/** Axes, lines and marks of the figure, in its own units (pixels at full size). */

export const WIDTH = 1000;
/** Of the panels with their axes; the legend comes below. */
export const HEIGHT = 520;
/** Side of a panel's square. */
export const PANEL = 390;

type Place = readonly [x: number, y: number];

/** Left edge of a panel's square; panels are 0 and 1. */
export function left(panel: number): number {
  return 70 + panel * 490;
}

/** Lower edge of both. */
export function bottom(): number {
  return 434;
}

export const STYLE = `<style>
text{font:14px system-ui,"Segoe UI","DejaVu Sans",sans-serif;fill:#1a1a1a}
.page{fill:#fff}.title{font-weight:600;font-size:16px}.small{font-size:12px}.tick{font-size:12px;fill:#555}
.grid{stroke:#bbb;stroke-width:1;fill:none}.frame{stroke:#555;stroke-width:1;fill:none}.guide{stroke:#777;stroke-dasharray:4 4;fill:none}
.line{fill:none;stroke-width:2.2;stroke-linejoin:round}.thin{stroke-width:1.4}.hollow{stroke-width:1.8}
.c0{stroke:#0072b2}.c1{stroke:#d55e00}.c2{stroke:#009e73}.c3{stroke:#b5548a}.c4{stroke:#b8860b}.c5{stroke:#555}
.f0{fill:#0072b2}.f1{fill:#d55e00}.f2{fill:#009e73}.f3{fill:#b5548a}.f4{fill:#b8860b}.f5{fill:#555}
.hollow{fill:#fff}
@media (prefers-color-scheme:dark){
text{fill:#eee}.page,.hollow{fill:#16181c}.tick{fill:#aaa}.grid{stroke:#444}.frame,.guide{stroke:#999}
.c0{stroke:#56b4e9}.c1{stroke:#ff8c42}.c2{stroke:#3ddbaa}.c3{stroke:#eb9fcb}.c4{stroke:#f0e442}.c5{stroke:#bbb}
.f0{fill:#56b4e9}.f1{fill:#ff8c42}.f2{fill:#3ddbaa}.f3{fill:#eb9fcb}.f4{fill:#f0e442}.f5{fill:#bbb}
}
</style>`;

/** Frame, grid, ticks from 0 to 1 and titles of a panel. */
export function axes(panel: number, title: string, x: string, y: string): string {
  const [x0, y0] = [left(panel), bottom()];
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((value) => {
    const at = value * PANEL;
    return [
      `<path class="grid" d="M${round(x0 + at)} ${y0}v-${PANEL}M${x0} ${round(y0 - at)}h${PANEL}"/>`,
      `<text class="tick" x="${round(x0 + at)}" y="${y0 + 18}" text-anchor="middle">${value}</text>`,
      `<text class="tick" x="${x0 - 8}" y="${round(y0 - at + 4)}" text-anchor="end">${value}</text>`,
    ];
  });
  return [
    ...ticks,
    `<rect class="frame" x="${x0}" y="${y0 - PANEL}" width="${PANEL}" height="${PANEL}"/>`,
    `<text class="title" x="${x0}" y="${y0 - PANEL - 14}">${escapeXml(title)}</text>`,
    `<text x="${x0 + PANEL / 2}" y="${y0 + 38}" text-anchor="middle">${escapeXml(x)}</text>`,
    `<text transform="translate(${x0 - 42} ${y0 - PANEL / 2}) rotate(-90)" text-anchor="middle">${escapeXml(y)}</text>`,
  ].join("\n");
}

/** Path data through places. */
export function line(places: readonly Place[]): string {
  return places.map(([x, y], k) => `${k === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
}

/** Path data that goes up or down to the next place's y, then along: average precision is the area below it. */
export function steps(places: readonly Place[]): string {
  return places.map(([x, y], k) => (k === 0 ? `M${round(x)} ${round(y)}` : `V${round(y)}H${round(x)}`)).join("");
}

/** Shapes by place of the label: circle, square, triangle, diamond. */
export function mark(place: number, [x, y]: Place, radius: number, filled: boolean): string {
  const style = filled ? `f${place % 6}` : `hollow c${place % 6}`;
  const [cx, cy] = [round(x), round(y)];
  switch (place % 4) {
    case 0:
      return `<circle class="${style}" cx="${cx}" cy="${cy}" r="${radius}"/>`;
    case 1:
      return `<rect class="${style}" x="${round(x - radius)}" y="${round(y - radius)}" width="${2 * radius}" height="${2 * radius}"/>`;
    case 2:
      return `<path class="${style}" d="M${cx} ${round(y - radius * 1.2)}l${round(radius * 1.2)} ${round(radius * 2.1)}h${round(-radius * 2.4)}z"/>`;
    default:
      return `<path class="${style}" d="M${cx} ${round(y - radius * 1.4)}l${round(radius * 1.4)} ${round(radius * 1.4)}l${round(-radius * 1.4)} ${round(radius * 1.4)}l${round(-radius * 1.4)} ${round(-radius * 1.4)}z"/>`;
  }
}

/** Text that may stand anywhere in XML 1.0: markup escaped, characters that XML forbids left out. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
