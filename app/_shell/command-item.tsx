"use client";

import { Command } from "cmdk";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** What belongs together in the command menu; without a match in it, it is not there. */
export function CommandGroup({
  heading,
  children,
}: {
  readonly heading: string;
  readonly children: ReactNode;
}) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

export function CommandItem({
  value,
  icon: Icon,
  note,
  onSelect,
  children,
}: {
  /** What typing is matched against; unlike that of any other item. */
  readonly value: string;
  readonly icon: LucideIcon;
  readonly note?: string;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 data-[selected=true]:bg-hover"
    >
      <Icon className="size-4 shrink-0 text-muted" aria-hidden />
      <span className="truncate">{children}</span>
      {note !== undefined && <span className="ml-auto pl-3 text-faint text-xs">{note}</span>}
    </Command.Item>
  );
}
