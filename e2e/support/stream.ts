import type { Figures } from "./schemas.ts";

/** The totals of each `usage` event of `/stream`, as they come. */
export async function* usageTotals(response: Response): AsyncGenerator<Figures> {
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const [, data] = /^event: usage\ndata: (.+)$/m.exec(block) ?? [];
      if (data !== undefined) yield (JSON.parse(data) as { total: Figures }).total;
    }
  }
}
