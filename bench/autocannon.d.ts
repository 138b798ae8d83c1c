/** The part of autocannon that is used here; the package brings no types. */
declare module 'autocannon' {
  interface Request {
    body?: string;
    headers?: Record<string, string>;
  }
  interface Options {
    url: string;
    method: 'POST';
    connections: number;
    duration: number;
    requests: { setupRequest(request: Request): Request }[];
  }
  interface Result {
    requests: { average: number; total: number };
    latency: { p50: number; p99: number };
    non2xx: number;
    errors: number;
  }
  export default function autocannon(options: Options): Promise<Result>;
}
