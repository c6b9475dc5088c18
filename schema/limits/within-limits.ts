import { type ASTVisitor, type ValidationContext, Kind } from 'graphql';
import { counted, limitError } from './limit-error.ts';
import { LIMITS } from './limits.ts';
import { Shape, aliasesAndDirectives, fragmentsOf } from './shape.ts';

/** A rule of validation: what a document may be at most, whatever its variables. Looked at once for each document. */
export function withinLimits(context: ValidationContext): ASTVisitor {
  return {
    Document: (document) => {
      const { aliases, directives } = aliasesAndDirectives(document);
      if (aliases.length > LIMITS.aliases) {
        context.reportError(
          limitError({
            limit: 'aliases',
            allowed: LIMITS.aliases,
            found: aliases.length,
            what: `This document has ${counted(aliases.length)} aliases`,
            help: 'Ask for many records with one list and a filter, or in several operations.',
            nodes: aliases.slice(LIMITS.aliases, LIMITS.aliases + 1),
          }),
        );
      }
      if (directives.length > LIMITS.directives) {
        context.reportError(
          limitError({
            limit: 'directives',
            allowed: LIMITS.directives,
            found: directives.length,
            what: `This document has ${counted(directives.length)} directives`,
            help: 'Put fields that come and go together under one @include or @skip, or keep a document for each case.',
            nodes: directives.slice(LIMITS.directives, LIMITS.directives + 1),
          }),
        );
      }
      const shape = new Shape(fragmentsOf(document));
      for (const operation of document.definitions) {
        if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
        const rootFields = shape.rootFieldsOf(operation);
        if (rootFields > LIMITS.rootFields) {
          context.reportError(
            limitError({
              limit: 'root fields',
              allowed: LIMITS.rootFields,
              found: rootFields,
              what: `This operation asks for ${counted(rootFields)} fields of the root`,
              help: 'Ask in several operations; ask for many records with one list and a filter.',
              nodes: [operation],
            }),
          );
        }
        const { depth, path } = shape.deepestOf(operation);
        if (depth > LIMITS.depth) {
          const names = path.slice(0, LIMITS.depth + 1).map(({ name }) => name.value);
          context.reportError(
            limitError({
              limit: 'depth',
              allowed: LIMITS.depth,
              found: depth,
              what: `This operation nests fields ${counted(depth)} deep, at ${names.join('.')}${depth > names.length ? '…' : ''}`,
              help: 'Ask for the inner record by node(id:) in an operation of its own.',
              nodes: path.slice(LIMITS.depth, LIMITS.depth + 1),
            }),
          );
        }
      }
    },
  };
}
