// Prints what the strangers abroad are asked to do: `{ contexts, orders, cases }`; see README.md.
import { loadContexts } from '../../../../src/securing/contexts.js';
import { foreignDocuments, type Model } from '../foreign-documents.js';
import { ourForms } from '../our-forms.js';
import { abroad } from './abroad.js';

const language = process.argv.at(-1) as keyof typeof abroad;
const orders = abroad[language].asked.flatMap(([format, method, models]) =>
  models.map((model: Model) => ({
    name: [format, method, model].join(' | '),
    format,
    method,
    documents: foreignDocuments(model, 'one', format),
  })),
);
const cases = (await ourForms())
  .filter(({ form }) => abroad[language].takes.test(form))
  .flatMap(({ form, text, altered, keys }) => [
    { name: form, text, keys },
    ...[...altered].map(([name, changed]) => ({ name: `${form}: ${name}`, text: changed, keys })),
  ]);
process.stdout.write(JSON.stringify({ contexts: Object.fromEntries(loadContexts()), orders, cases }));
