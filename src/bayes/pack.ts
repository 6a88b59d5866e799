/** From weights in nats to the table of a model and back. */
import type { Model } from "./model.ts";

/** Sizes above this share of a head's weights are cut: they are few and carry no more than the next. */
const KEPT_SHARE = 0.999;

/** Packs the heads' weights into bytes, heads side by side. @returns the bytes and each head's step, in nats. */
export function packWeights(heads: readonly Float64Array[]): { weights: Int8Array; scales: number[] } {
  const places = heads[0]?.length ?? 0;
  const scales = heads.map((head) => {
    const sizes = Float64Array.from(head, Math.abs).sort();
    return Number(((sizes[Math.floor(sizes.length * KEPT_SHARE)] ?? 1) / 127 || 1).toPrecision(6));
  });
  const weights = new Int8Array(places * heads.length);
  heads.forEach((head, h) => {
    head.forEach((weight, place) => {
      weights[place * heads.length + h] = Math.max(-127, Math.min(127, Math.round(weight / scales[h]!)));
    });
  });
  return { weights, scales };
}

/** Weights of one head, in nats. */
export function unpackHead(model: Model, head: number): Float64Array {
  const { scale } = model.header.heads[head]!;
  return Float64Array.from({ length: 1 << model.bits }, (_, place) => model.weights[place * model.heads + head]! * scale);
}
