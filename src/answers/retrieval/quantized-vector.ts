import { must } from '../../base/errors.ts';

/** A vector's direction in one signed byte a dimension: a fourth of the space, and exact enough. */
export type QuantizedVector = Int8Array;

export function quantized(vector: readonly number[]): QuantizedVector {
  const most = Math.max(...vector.map(Math.abs)) || 1;
  return Int8Array.from(vector, (each) => Math.round((each / most) * 127));
}

/** As it is stored, and read again. */
export const bytesOf = (vector: QuantizedVector) => Buffer.from(vector.buffer);
export const fromBytes = (bytes: Uint8Array): QuantizedVector =>
  new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** As pgvector writes it. */
export const literalOf = (vector: QuantizedVector) => `[${vector.join()}]`;

/** From -1 to 1; 0 for two of different lengths, or none. */
export function cosineOf(one: QuantizedVector, other: QuantizedVector): number {
  if (one.length !== other.length) return 0;
  let [product, first, second] = [0, 0, 0];
  for (let i = 0; i < one.length; i += 1) {
    const [a, b] = [must(one[i]), must(other[i])];
    product += a * b;
    first += a * a;
    second += b * b;
  }
  return first && second ? product / Math.sqrt(first * second) : 0;
}
