/** The mark, three bars on a line, and the name; where room is short the name is for screen readers. */
export function Brand({ isMark = false }: { readonly isMark?: boolean }) {
  return (
    <span className="flex items-center gap-2 font-semibold text-base tracking-tight">
      <svg viewBox="0 0 32 32" className="size-6" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="7" fill="var(--action)" />
        <path d="M8 21.5V17h4v4.5zM14 21.5v-8h4v8zM20 21.5v-12h4v12z" fill="var(--on-action)" />
        <rect x="8" y="23.5" width="16" height="1.6" rx=".8" fill="#7f9fff" />
      </svg>
      <span className={isMark ? "sr-only" : undefined}>Outlay</span>
    </span>
  );
}
