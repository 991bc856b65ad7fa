import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Spend } from "#app/_components/spend.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatDuration } from "#app/_format/format-duration.ts";
import { formatClock } from "#app/_format/format-time.ts";
import type { LedgerEvent } from "#lib/reports/ledger-event.ts";
import type { TreeNode } from "#lib/reports/session-tree.ts";
import { totalTokens } from "#lib/usage/tokens.ts";
import { EventCost } from "../../events/event-cost.tsx";

const WIDE = "hidden md:table-cell";
/** Deeper nodes stand below each other: a tree of a thousand levels must not push the page aside. */
const MOST_INDENT = 12;
const INDENT_REM = 1.1;

export function TreeTable({
  nodes,
  timeZone,
}: {
  readonly nodes: readonly TreeNode[];
  readonly timeZone: string;
}) {
  const t = useTranslations("Sessions");
  return (
    <Table caption={t("tree")}>
      <thead>
        <tr>
          <HeadCell>{t("node")}</HeadCell>
          <HeadCell className={WIDE}>{t("time")}</HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("duration")}
          </HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("tokens")}
          </HeadCell>
          <HeadCell numeric>{t("own")}</HeadCell>
          <HeadCell numeric>{t("withBelow")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {nodes.map((node) => (
          <NodeLine key={node.id} node={node} timeZone={timeZone} />
        ))}
      </tbody>
    </Table>
  );
}

function NodeLine({ node, timeZone }: { readonly node: TreeNode; readonly timeZone: string }) {
  const locale = useLocale();
  const { event, subtotal, depth } = node;
  const indent = `${1 + Math.min(depth, MOST_INDENT) * INDENT_REM}rem`;
  const tokens = totalTokens(subtotal.tokens);
  return (
    <Row className={event !== null && !event.counted ? "text-faint" : ""}>
      <RowHead className="min-w-40 sm:min-w-56" style={{ paddingLeft: indent }}>
        {event === null ? <TraceName id={node.id} /> : <EventName event={event} />}
      </RowHead>
      <Cell className={`figures whitespace-nowrap text-muted ${WIDE}`}>
        {event !== null && formatClock(event.startedAt, locale, timeZone)}
      </Cell>
      <Cell numeric className={`text-muted ${WIDE}`}>
        {event?.durationMs != null && formatDuration(event.durationMs, locale)}
      </Cell>
      <Cell numeric className={WIDE}>
        {tokens > 0 ? <Count value={tokens} short /> : <span className="text-faint">–</span>}
      </Cell>
      <Cell numeric>
        {event?.counted && event.kind !== "agent_run" ? (
          <EventCost event={event} />
        ) : (
          <span className="text-faint">–</span>
        )}
      </Cell>
      <Cell numeric className={node.childCount > 0 ? "font-medium" : ""}>
        {node.childCount > 0 && <Spend measures={subtotal} />}
      </Cell>
    </Row>
  );
}

function TraceName({ id }: { readonly id: string }) {
  const t = useTranslations("Sessions");
  return (
    <>
      <span className="font-medium">{t("run")}</span>{" "}
      <code className="break-all font-mono text-faint text-xs">{id}</code>
    </>
  );
}

function EventName({ event }: { readonly event: LedgerEvent }) {
  const t = useTranslations("Events");
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Link
        href={`/events/${event.id}`}
        prefetch={false}
        className="underline-offset-2 hover:underline"
      >
        {event.tool ?? (event.kind === "agent_run" ? event.agent : event.model) ?? event.operation}
      </Link>
      <span className="text-faint text-xs">{t(`kinds.${event.kind}`)}</span>
      {event.status !== "ok" && (
        <span className="text-danger text-xs">{event.errorType ?? t("failed")}</span>
      )}
      {!event.counted && <span className="text-xs">{t("notCounted")}</span>}
    </span>
  );
}
