/** What main composes: both transports start and stop alike. */
export type OtlpServer = {
  /** Resolves with the port, once it accepts connections. Port 0 takes a free one. */
  readonly listen: (port: number, host: string) => Promise<number>;
  /** Takes nothing new, lets requests under way finish, and cuts them off after `deadlineMs`. */
  readonly stop: (deadlineMs: number) => Promise<void>;
};
