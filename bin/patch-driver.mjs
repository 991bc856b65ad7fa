/**
 * Mends the Postgres driver (postgres 3.4.9, the newest one) after each install.
 *
 * When a connection is lost, 3.4.9 ends the whole process (it writes to a
 * socket that is null), or leaves what it had not sent yet in front of the next
 * start-up packet, so that the connection never works again; and a transaction
 * that has lost its connection may go on in the next one's. Each of these is
 * met by collector/crash.db.test.ts. Reported upstream as porsager/postgres
 * #1154, #1208; fixes proposed in #1168 are in no release. The last three are
 * about time: while the ledger is locked, all writers wait for the driver.
 *
 * An install with another version of the driver fails here: look at what it
 * mends by itself, and remove what is no longer needed.
 */
import { readFileSync, writeFileSync } from "node:fs";

const PACKAGE = new URL("../node_modules/postgres/", import.meta.url);

const MENDS = [
  {
    // Bytes for the lost connection, and the timer that would have sent them.
    file: "connection.js",
    from: `    socket.removeAllListeners()
    socket = null

    if (initial)`,
    to: `    socket.removeAllListeners()
    socket = null
    chunk = nextWriteTimer = null

    if (initial)`,
  },
  {
    // What was running or waiting there, which the next "ready" would take for its own.
    file: "connection.js",
    from: `    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
    closedTime`,
    to: `    if (query || sent.length)
      error(Errors.connection('CONNECTION_CLOSED', options, socket))
    query = results = errorResponse = null
    result = new Result()
    closedTime`,
  },
  {
    // True: the connection stays in its queue, from which it is opened again.
    file: "connection.js",
    from: `    if (stream)
      return queryError(q, Errors.generic('COPY_IN_PROGRESS'`,
    to: `    if (!socket)
      return (queryError(q, Errors.connection('CONNECTION_CLOSED', options, socket)), true)

    if (stream)
      return queryError(q, Errors.generic('COPY_IN_PROGRESS'`,
  },
  {
    file: "connection.js",
    from: `  function write(x, fn) {
    chunk`,
    to: `  function write(x, fn) {
    if (!socket)
      return true
    chunk`,
  },
  {
    // A reader that took its time over a cursor's rows comes back to another connection.
    file: "connection.js",
    from: `    try {
      const x = await Promise.resolve(query.cursorFn(result))
      rows = 0`,
    to: `    const asked = query
    try {
      const x = await Promise.resolve(asked.cursorFn(result))
      if (asked !== query)
        return
      rows = 0`,
  },
  {
    file: "connection.js",
    from: `    } catch (err) {
      write(Sync)
      query.reject(err)
    }
  }

  function CloseComplete`,
    to: `    } catch (err) {
      asked === query && write(Sync)
      asked.reject(err)
    }
  }

  function CloseComplete`,
  },
  {
    // A transaction ends with its connection; what it still asks must not reach the next one's.
    file: "index.js",
    from: `new Promise((_, reject) => connection.onclose = reject)
      ])
    } catch (error) {`,
    to: `new Promise((_, reject) => connection.onclose = e => (lost = e, reject(e)))
      ])
    } catch (error) {`,
  },
  {
    file: "index.js",
    from: `      , prepare = null

    try {
      await sql.unsafe('begin '`,
    to: `      , prepare = null
      , lost = null

    try {
      await sql.unsafe('begin '`,
  },
  {
    file: "index.js",
    from: `        q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue === full`,
    to: `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (lost)
          return q.reject(lost)
        c.queue === full`,
  },
  {
    // A batch's statements are sent behind each other. With the usual 16 kB they
    // would wait for each other's answers behind every long one, as the driver
    // goes on after a full buffer by one statement an answer.
    file: "connection.js",
    from: `        : new net.Socket()`,
    to: `        : new net.Socket({ writableHighWaterMark: 16 * 1024 * 1024 })`,
  },
  {
    // A short message behind one that has no answer waited 40 ms: for Nagle's
    // algorithm here, and for the delayed acknowledgement there.
    file: "connection.js",
    from: `      socket.on('data', data)
      keep_alive`,
    to: `      socket.on('data', data)
      socket.setNoDelay && socket.setNoDelay(true)
      keep_alive`,
  },
  {
    // A COPY that has ended as it should was told to fail, in whatever came next.
    file: "connection.js",
    from: `        callback(error)
        socket.write(b().f().str(error + b.N).end())
        stream = null
      },
      final(callback) {
        socket.write(b().c().end())
        final = callback
        stream = null
      }`,
    to: `        callback(error)
        if (stream !== this)
          return
        socket.write(b().f().str(error + b.N).end())
        stream = null
      },
      final(callback) {
        socket.write(b().c().end())
        final = callback
        stream = null
      }`,
  },
];

for (const folder of ["src/", "cjs/src/"]) {
  for (const { file, from, to } of MENDS) mend(new URL(folder + file, PACKAGE), from, to);
}

function mend(file, from, to) {
  const text = readFileSync(file, "utf8");
  if (text.includes(to)) return;
  if (text.split(from).length !== 2) {
    throw new Error(`${file.pathname} is not the driver that bin/patch-driver.mjs mends`);
  }
  writeFileSync(
    file,
    text.replace(from, () => to),
  );
}
