// Requests to one chosen process of several that answer for the same address.
import { request } from "node:http";
import { basic, type Credentials } from "./protocol.ts";
import type { Server } from "./server.ts";

export type Answer = { status: number; body: Record<string, unknown> };

/** Posts a form to a node, on a connection of its own, as a load balancer would. */
export async function postTo(
  node: Server,
  address: string,
  parameters: Record<string, string>,
  by: Credentials,
): Promise<Answer> {
  const url = new URL(address);
  const options = {
    host: "127.0.0.1",
    port: node.port,
    path: url.pathname,
    method: "POST",
    agent: false,
    headers: {
      host: url.host,
      authorization: basic(by),
      "content-type": "application/x-www-form-urlencoded",
    },
  } as const;
  return new Promise((resolve, reject) => {
    const asked = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, body: text ? JSON.parse(text) : {} });
      });
    });
    asked.on("error", reject);
    asked.end(new URLSearchParams(parameters).toString());
  });
}
