import { type Metadata, ServerInterceptingCall, type ServerInterceptor } from "@grpc/grpc-js";
import { secretOf } from "../otlp/credential.ts";
import type { Receiver } from "../otlp/receiver.ts";
import { grpcStatus } from "./grpc-status.ts";

export type GrpcAuthentication<Key> = {
  readonly interceptor: ServerInterceptor;
  /** The key of a call that the interceptor let through. */
  readonly keyOf: (metadata: Metadata) => Key;
};

/** Checks the key when a call's metadata arrive, before its message is taken. */
export function authenticateCalls<Key>(receiver: Receiver<Key>): GrpcAuthentication<Key> {
  const keys = new WeakMap<Metadata, { readonly key: Key }>();
  const interceptor: ServerInterceptor = (_, call) =>
    new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: async (metadata, proceed) => {
            try {
              keys.set(metadata, { key: await receiver.authenticate(secretIn(metadata)) });
            } catch (error) {
              call.sendStatus(grpcStatus(receiver.failure(error)));
              return;
            }
            proceed(metadata);
          },
        }),
    });
  return {
    interceptor,
    keyOf: (metadata) => {
      const known = keys.get(metadata);
      if (known === undefined) throw new Error("a call passed without its key");
      return known.key;
    },
  };
}

function secretIn(metadata: Metadata): string | null {
  return secretOf(firstText(metadata, "x-api-key"), firstText(metadata, "authorization"));
}

function firstText(metadata: Metadata, name: string): string | undefined {
  return metadata.get(name)[0]?.toString();
}
