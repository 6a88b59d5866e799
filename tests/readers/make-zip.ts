import { crc32, deflateRawSync } from "node:zlib";

export interface Member {
  readonly name: string | Uint8Array;
  readonly content: string | Uint8Array;
  readonly encrypted?: boolean;
  /** What the archive says the size is, where that is to be a lie. */
  readonly declaredBytes?: number;
  /** Of the specification; deflated if not given. What is packed otherwise is only said to be. */
  readonly method?: number;
  /** Without the flag that names are UTF-8. */
  readonly isOldName?: boolean;
  /** Sizes and checksum stand behind the data, and zeros before it, as in archives that were streamed. */
  readonly hasDescriptor?: boolean;
  /** Sizes and offset stand in the extra field of zip64. */
  readonly isZip64?: boolean;
  /** The member's entry points to that of this number. */
  readonly sharesWith?: number;
}

/** A zip archive, written by hand so that it can lie. */
export function zip(members: readonly Member[], declaredCount = members.length): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let end = 0;
  for (const member of members) {
    const name = Buffer.from(member.name as string);
    const bytes = Buffer.from(member.content as string);
    const method = member.method ?? 8;
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const offset = member.sharesWith === undefined ? end : offsets[member.sharesWith]!;
    offsets.push(offset);
    const sizes = [crc32(bytes), packed.length, member.declaredBytes ?? bytes.length] as const;
    const flags = (member.isOldName === true ? 0 : 0x800) | (member.encrypted === true ? 1 : 0) | (member.hasDescriptor === true ? 8 : 0);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(member.isZip64 === true ? 0xffffffff : offset, 10);
    const extra = member.isZip64 === true ? zip64Extra(sizes[2], sizes[1], offset) : Buffer.alloc(0);
    const listed = member.isZip64 === true ? ([sizes[0], 0xffffffff, 0xffffffff] as const) : sizes;
    directory.push(
      Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), fields(flags, method, listed, name.length, extra.length), central, name, extra]),
    );
    if (member.sharesWith !== undefined) continue;
    const file = [
      Buffer.from("PK\x03\x04"),
      fields(flags, method, member.hasDescriptor === true ? [0, 0, 0] : sizes, name.length, 0),
      name,
      packed,
    ];
    if (member.hasDescriptor === true) file.push(Buffer.from("PK\x07\x08"), numbers(...sizes));
    files.push(...file);
    end += file.reduce((sum, part) => sum + part.length, 0);
  }
  const entries = Buffer.concat(directory);
  const tail = Buffer.alloc(22);
  tail.write("PK\x05\x06", "latin1");
  tail.writeUInt16LE(Math.min(declaredCount, 0xffff), 8);
  tail.writeUInt16LE(Math.min(declaredCount, 0xffff), 10);
  tail.writeUInt32LE(entries.length, 12);
  tail.writeUInt32LE(end, 16);
  return Buffer.concat([...files, entries, ...(declaredCount > 0xffff ? zip64End(declaredCount, entries.length, end) : []), tail]);
}

type Sizes = readonly [checksum: number, packed: number, unpacked: number];

function fields(flags: number, method: number, [checksum, packed, unpacked]: Sizes, nameLength: number, extraLength: number): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  bytes.writeUInt16LE(flags, 2);
  bytes.writeUInt16LE(method, 4);
  bytes.writeUInt32LE(checksum, 10);
  bytes.writeUInt32LE(packed, 14);
  bytes.writeUInt32LE(unpacked, 18);
  bytes.writeUInt16LE(nameLength, 22);
  bytes.writeUInt16LE(extraLength, 24);
  return bytes;
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, 4 * index);
  return bytes;
}

function zip64Extra(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 8 * values.length);
  bytes.writeUInt16LE(1, 0);
  bytes.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  return bytes;
}

function zip64End(count: number, directoryBytes: number, directoryStart: number): Buffer[] {
  const record = Buffer.alloc(56);
  record.write("PK\x06\x06", "latin1");
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(directoryBytes), 40);
  record.writeBigUInt64LE(BigInt(directoryStart), 48);
  const locator = Buffer.alloc(20);
  locator.write("PK\x06\x07", "latin1");
  locator.writeBigUInt64LE(BigInt(directoryStart + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  return [record, locator];
}
