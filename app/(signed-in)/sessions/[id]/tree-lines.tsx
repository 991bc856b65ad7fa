"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Count } from "#app/_components/count.tsx";
import { Spend } from "#app/_components/spend.tsx";
import { Cell, Row, RowHead } from "#app/_components/table.tsx";
import { formatDuration } from "#app/_format/format-duration.ts";
import { formatClock } from "#app/_format/format-time.ts";
import { EventCost } from "../../events/event-cost.tsx";
import type { TreeRow } from "./tree-row.ts";
import type { TreeLine } from "./use-tree.ts";

export const WIDE = "hidden md:table-cell";
/** Deeper nodes stand below each other: a tree of a thousand levels must not push the page aside. */
const MOST_INDENT = 12;
const INDENT_REM = 1.1;

/** What each line's row is given by the tree. */
export type LineProps = Pick<
  ComponentProps<"tr">,
  "ref" | "tabIndex" | "onFocus" | "aria-rowindex"
> & { readonly "data-index": number };

/** One node with what it cost itself and with all below it. */
export function NodeLine({
  line: { row, isOpen, place, of },
  rowProps,
  timeZone,
  onToggle,
}: {
  readonly rowProps: LineProps;
  readonly line: TreeLine & { readonly kind: "node" };
  readonly timeZone: string;
  readonly onToggle: () => void;
}) {
  const locale = useLocale();
  const { event, subtotal, tokens, depth, childCount } = row;
  const none = <span className="text-faint">–</span>;
  return (
    <Row
      aria-level={depth + 1}
      aria-posinset={place}
      aria-setsize={of}
      {...(childCount > 0 && { "aria-expanded": isOpen })}
      {...rowProps}
      className={`-outline-offset-2 ${isLost(event) ? "text-faint" : ""}`}
    >
      <RowHead style={{ paddingLeft: indentOf(depth) }}>
        <span className="flex items-center gap-1">
          <Toggle row={row} isOpen={isOpen} onToggle={onToggle} />
          {event === null ? (
            <RunName id={row.id} />
          ) : (
            <EventName event={event} isCurrent={rowProps.tabIndex === 0} />
          )}
        </span>
      </RowHead>
      <GridCell className={`figures whitespace-nowrap text-muted ${WIDE}`}>
        {event && formatClock(event.startedAt, locale, timeZone)}
      </GridCell>
      <GridCell numeric className={`text-muted ${WIDE}`}>
        {event?.durationMs != null && formatDuration(event.durationMs, locale)}
      </GridCell>
      <GridCell numeric className={WIDE}>
        {tokens > 0 ? <Count value={tokens} short /> : none}
      </GridCell>
      <GridCell numeric className={`${WIDE} ${subtotal.errors > 0 ? "text-danger" : "text-faint"}`}>
        <Count value={subtotal.errors} />
      </GridCell>
      <GridCell numeric>
        {event?.counted && event.kind !== "agent_run" ? <EventCost event={event} /> : none}
      </GridCell>
      <GridCell numeric className={childCount > 0 ? "font-medium" : ""}>
        {childCount > 0 && <Spend measures={subtotal} />}
      </GridCell>
    </Row>
  );
}

/** Those beside the last one that are not loaded yet. */
export function MoreLine({
  depth,
  left,
  isLoading,
  rowProps,
  onLoad,
}: {
  readonly rowProps: LineProps;
  readonly depth: number;
  readonly left: number;
  readonly isLoading: boolean;
  readonly onLoad: () => void;
}) {
  const t = useTranslations("Sessions");
  return (
    <Row aria-level={depth + 1} {...rowProps}>
      <GridCell colSpan={7} style={{ paddingLeft: indentOf(depth) }}>
        <button
          type="button"
          data-more
          tabIndex={-1}
          disabled={isLoading}
          onClick={onLoad}
          className="inline-flex min-h-6 items-center pl-7 text-accent underline-offset-2 hover:underline disabled:text-faint"
        >
          {t(isLoading ? "loading" : "more", { count: left })}
        </button>
      </GridCell>
    </Row>
  );
}

function GridCell(props: React.ComponentProps<typeof Cell>) {
  return <Cell role="gridcell" {...props} />;
}

/** Another row counts in its place; that of a run is never counted itself. */
function isLost(event: TreeRow["event"]): boolean {
  return event !== null && !event.counted && event.kind !== "agent_run";
}

function indentOf(depth: number): string {
  return `${0.5 + Math.min(depth, MOST_INDENT) * INDENT_REM}rem`;
}

function Toggle({
  row: { childCount },
  isOpen,
  onToggle,
}: {
  readonly row: TreeRow;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const t = useTranslations("Sessions");
  if (childCount === 0) return <span className="size-6 shrink-0" />;
  return (
    <button
      type="button"
      // The row itself is opened by keyboard.
      tabIndex={-1}
      onClick={onToggle}
      aria-label={t(isOpen ? "close" : "open", { count: childCount })}
      className="grid size-6 shrink-0 place-items-center rounded-sm text-muted hover:bg-line hover:text-text"
    >
      <ChevronRight className={`size-3.5 ${isOpen ? "rotate-90" : ""}`} aria-hidden />
    </button>
  );
}

function RunName({ id }: { readonly id: string }) {
  const t = useTranslations("Sessions");
  return (
    <span className="min-w-0">
      <span className="font-medium">{t("run")}</span>{" "}
      <code className="break-all font-mono text-faint text-xs">{id}</code>
    </span>
  );
}

function EventName({
  event,
  isCurrent,
}: {
  readonly event: NonNullable<TreeRow["event"]>;
  readonly isCurrent: boolean;
}) {
  const t = useTranslations("Events");
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2">
      <Link
        href={`/events/${event.id}`}
        prefetch={false}
        tabIndex={isCurrent ? 0 : -1}
        className="underline-offset-2 hover:underline"
      >
        {event.name}
      </Link>
      <span className="text-faint text-xs">{t(`kinds.${event.kind}`)}</span>
      {event.failure !== null && (
        <span className="text-danger text-xs">{event.failure || t("failed")}</span>
      )}
      {isLost(event) && <span className="text-xs">{t("notCounted")}</span>}
    </span>
  );
}
