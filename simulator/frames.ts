import protobuf from 'protobufjs';

/** One frame of the long connection, as the platform and its SDK write it (package `pbbp2`). */
export interface Frame {
  SeqID: number;
  LogID: number;
  service: number;
  /** 0 steers the connection, 1 carries an event or its acknowledgement. */
  method: number;
  headers: { key: string; value: string }[];
  payload?: Uint8Array;
}

// Its first two numbers are 64 bits wide on the platform; small ones look the same on the wire.
const { root } = protobuf.parse(`
  syntax = "proto2";
  package pbbp2;
  message Header { required string key = 1; required string value = 2; }
  message Frame {
    required uint32 SeqID = 1; required uint32 LogID = 2; required int32 service = 3;
    required int32 method = 4; repeated Header headers = 5; optional string payload_encoding = 6;
    optional string payload_type = 7; optional bytes payload = 8; optional string LogIDNew = 9;
  }`);
const type = root.lookupType('pbbp2.Frame');

export const encodeFrame = (frame: Frame): Uint8Array => type.encode(type.create(frame)).finish();
export const decodeFrame = (bytes: Uint8Array): Frame =>
  type.toObject(type.decode(bytes), { arrays: true }) as Frame;

export const headerOf = ({ headers }: Frame, key: string): string | undefined =>
  headers.find((header) => header.key === key)?.value;
