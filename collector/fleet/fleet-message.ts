/**
 * What the processes of one collector say to each other about `/metrics`:
 * `sum` asks the first process for the sum, with the asker's own text; `tell`
 * asks a member for its text; `told` and `summed` are the answers.
 */
export type FleetMessage =
  | { readonly fleet: "sum" | "told" | "summed"; readonly ask: number; readonly text: string }
  | { readonly fleet: "tell"; readonly ask: number };

export function isFleetMessage(message: unknown): message is FleetMessage {
  return typeof message === "object" && message !== null && "fleet" in message;
}
