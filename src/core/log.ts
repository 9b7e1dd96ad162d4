import winston from 'winston';

/** Fixed message, fields beside it. Ids only: never texts, names, phone numbers or tokens above debug. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
  child(fields: Record<string, unknown>): Log;
}

/** What may stand in a log line of an error: its name, message and stack, never its config or response (tokens). */
function plainError(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { name: value.name, message: value.message, stack: value.stack, cause: plainError(value.cause) };
}

const errorsAsFields = winston.format((entry) => {
  if (entry.error !== undefined) entry.error = plainError(entry.error);
  return entry;
});

/** JSON lines on stderr; stdout belongs to what a person or a script asked for. */
export function openLog(level: string): Log {
  return winston.createLogger({
    level,
    format: winston.format.combine(winston.format.timestamp(), errorsAsFields(), winston.format.json()),
    transports: [
      new winston.transports.Console({
        stderrLevels: ['error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'],
      }),
    ],
  }) as unknown as Log;
}

export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
};
