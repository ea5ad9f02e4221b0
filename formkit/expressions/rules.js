// The rules in the browser: walks the JSON of Rule.to_browser(). null is blank, undefined is unknown.

/**
 * What a rule says: a condition's true, false or undefined (unknown); a value, null (blank) or undefined (unknown).
 * `context` is {record, facts, today}; a fact that is unknown is left out of `facts`.
 * `functions` is the table that functions_module() writes.
 */
export function evaluate(ir, values, row, context, functions) {
  return run(ir, { values, row, record: context.record, facts: context.facts, today: context.today, functions });
}

const not = (answer) => (answer === undefined ? answer : !answer);
const first = (wanted, answers) =>
  answers.includes(wanted) ? wanted : answers.includes(undefined) ? undefined : !wanted;
const and = (answers) => first(false, answers);
const or = (answers) => first(true, answers);

function lift(operation) {
  return (parts) => {
    if (parts.includes(undefined)) return undefined;
    return parts.includes(null) ? null : operation(...parts);
  };
}

const compare = (operation) => (parts) => (parts.some((part) => part == null) ? undefined : operation(...parts));

const VALUES = {
  "==": compare((a, b) => a === b),
  "!=": compare((a, b) => a !== b),
  "<": compare((a, b) => a < b),
  "<=": compare((a, b) => a <= b),
  ">": compare((a, b) => a > b),
  ">=": compare((a, b) => a >= b),
  has: compare((several, value) => several.includes(value)),
  and,
  or,
  not: ([answer]) => not(answer),
  yes: ([answer]) => answer ?? undefined,
  blank: ([value]) => (value === undefined ? value : value === null),
  "+": lift((a, b) => a + b),
  "-": lift((a, b) => a - b),
  "*": lift((a, b) => a * b || 0),
  neg: lift((a) => -a || 0),
};

const NODES = {
  const: ([value]) => value,
  today: (_, reading) => reading.today,
  get([where, path], reading) {
    let value = reading[where];
    for (const key of path) {
      if (value !== undefined || where !== "facts") value = value == null ? null : own(value, key);
      if (where !== "facts") value ??= null;
    }
    return value instanceof Object && !Object.keys(value).length ? null : value;
  },
  in([part, constants], reading) {
    const value = run(part, reading);
    return value == null ? undefined : constants.includes(value);
  },
  if([condition, then, other], reading) {
    const answer = run(condition, reading);
    return answer === undefined ? answer : run(answer ? then : other, reading);
  },
  call([name, parts], reading) {
    return lift(reading.functions[name])(parts.map((part) => run(part, reading)));
  },
  "/"([a, b, up, down], reading) {
    return lift((x, y) => divide(BigInt(x) * BigInt(up), BigInt(y) * BigInt(down)))([run(a, reading), run(b, reading)]);
  },
  scaled([part, places], reading) {
    return lift((text) => {
      const [whole, rest = ""] = text.split(".");
      return Number(whole + rest.slice(0, places).padEnd(places, "0")) || 0;
    })([run(part, reading)]);
  },
  text([part, places], reading) {
    return lift((number) => {
      const digits = String(Math.abs(number)).padStart(places + 1, "0");
      return (number < 0 ? "-" : "") + digits.slice(0, -places) + "." + digits.slice(-places);
    })([run(part, reading)]);
  },
  any: (args, reading) => or(answers(args, reading).map(and)),
  all: (args, reading) => and(answers(args, reading).map(([chosen, answer]) => or([not(chosen), answer]))),
  count([rows, index, filter, strict], reading) {
    if (run(rows, reading) === undefined) return undefined;
    return total(chosen(rows, index, filter, strict, reading).map((here) => here && 1));
  },
  sum: (args, reading) => total(elements(args, reading)),
  min: (args, reading) => extreme(elements(args, reading), (a, b) => a < b),
  max: (args, reading) => extreme(elements(args, reading), (a, b) => a > b),
  unique([rows, index, keys, filter, strict], reading) {
    const found = chosen(rows, index, filter, strict, reading)
      .map((here) => (here ? keys.map((key) => run(key, here)) : [undefined]))
      .filter((key) => !key.includes(null));
    const known = found.filter((key) => !key.includes(undefined)).map((key) => JSON.stringify(key));
    if (new Set(known).size < known.length) return false;
    return known.length === found.length || undefined;
  },
};

function run([op, ...args], reading) {
  return Object.hasOwn(NODES, op) ? NODES[op](args, reading) : VALUES[op](args.map((part) => run(part, reading)));
}

const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);
const at = (reading, index, row) => ({ ...reading, [index]: row });

function answers([rows, index, condition, filter], reading) {
  return (run(rows, reading) ?? []).map((row) => {
    const here = at(reading, index, row);
    return [filter ? run(filter, here) : true, run(condition, here)];
  });
}

// A reading for each row the filter takes; undefined for one of which a strict filter cannot say.
function chosen(rows, index, filter, strict, reading) {
  return (run(rows, reading) ?? []).flatMap((row) => {
    const here = at(reading, index, row);
    const answer = filter ? run(filter, here) : true;
    return answer ? [here] : answer === undefined && strict ? [undefined] : [];
  });
}

const elements = ([rows, index, element, filter, strict], reading) =>
  chosen(rows, index, filter, strict, reading).map((here) => here && run(element, here));

const total = (found) => (found.includes(undefined) ? undefined : found.reduce((sum, value) => sum + value, 0));

function extreme(found, better) {
  if (found.includes(undefined)) return undefined;
  return found.reduce((best, value) => (best === null || (value !== null && better(value, best)) ? value : best), null);
}

// Rounded, halves away from zero; blank where it divides by zero.
function divide(top, bottom) {
  if (!bottom) return null;
  const size = (number) => (number < 0n ? -number : number);
  const whole = (2n * size(top) + size(bottom)) / (2n * size(bottom));
  return Number(top < 0n === bottom < 0n ? whole : -whole);
}
