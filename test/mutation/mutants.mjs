// Finds the conditions of a file and writes it so that each can be held at one outcome while it runs.
import ts from 'typescript';

/**
 * The mutants of one file. `kind` says what is taken out:
 * - `if`: the condition of an `if` is false, so what it guards is never done;
 * - `leave`: the condition of an `if` that leaves (return, throw, continue, break) is true, so nothing comes past it;
 * - `choice`: the condition of `a ? b : c` is true, or false;
 * - `part`: one side of `a && b` is true, or of `a || b` is false: the rest decides alone.
 *
 * @param {string} file its name in reports
 * @param {string} text
 * @param {readonly string[]} kinds those of them that are wanted
 * @param {(mutant: object) => number} enter takes `{file, line, kind, text, to}`, gives its number
 * @returns {string} the file with each condition handed to `globalThis.__condition(number, to, value)`
 */
export function instrument(file, text, kinds, enter) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const edits = [];
  const hold = (node, kind, ...outcomes) => {
    const [start, end] = [node.getStart(source), node.getEnd()];
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    const condition = node.getText(source).replace(/\s+/g, ' ');
    for (const to of outcomes) {
      const named = kind === 'if' && to ? 'leave' : kind;
      if (!kinds.includes(named)) continue;
      const number = enter({ file, line, kind: named, text: condition, to });
      edits.push({ start, end, open: `globalThis.__condition(${number},${to},(` });
    }
  };
  const visit = (node) => {
    if (ts.isTypeNode(node)) return;
    if (ts.isIfStatement(node)) hold(node.expression, 'if', false, ...(leaves(node) ? [true] : []));
    if (ts.isConditionalExpression(node)) hold(node.condition, 'choice', true, false);
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.kind;
      const to = { [ts.SyntaxKind.AmpersandAmpersandToken]: true, [ts.SyntaxKind.BarBarToken]: false }[
        operator
      ];
      // What stands in for nothing (`text || 'none'`) is no condition.
      const isDefault = ts.isLiteralExpression(node.right) || ts.isArrayLiteralExpression(node.right);
      const sides = to === undefined || isDefault ? [] : [node.left, node.right];
      for (const side of sides) if (!isSame(side, operator)) hold(side, 'part', to);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return apply(text, edits);
}

/** `a && b && c` is `(a && b) && c`: its first side is no part of its own. */
function isSame(node, operator) {
  const inner = ts.isParenthesizedExpression(node) ? node.expression : node;
  return ts.isBinaryExpression(inner) && inner.operatorToken.kind === operator;
}

function leaves({ thenStatement, elseStatement }) {
  if (elseStatement !== undefined) return false;
  const last = ts.isBlock(thenStatement) ? thenStatement.statements.at(-1) : thenStatement;
  return (
    last !== undefined &&
    (ts.isReturnStatement(last) ||
      ts.isThrowStatement(last) ||
      ts.isContinueStatement(last) ||
      ts.isBreakStatement(last))
  );
}

function apply(text, edits) {
  const marks = edits.flatMap(({ start, end, open }) => [
    { at: start, isOpen: true, size: end - start, text: open },
    { at: end, isOpen: false, size: end - start, text: '))' },
  ]);
  // At one place what ends, ends first, the inner before the outer; what begins, the outer before the inner.
  marks.sort((a, b) => a.at - b.at || a.isOpen - b.isOpen || (a.isOpen ? b.size - a.size : a.size - b.size));
  let [out, from] = ['', 0];
  for (const mark of marks) {
    out += text.slice(from, mark.at) + mark.text;
    from = mark.at;
  }
  return out + text.slice(from);
}
