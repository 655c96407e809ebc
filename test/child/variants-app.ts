/** An app of the regions and links that ask for what the example estate doesn't. */
import { emitEstate } from '../../lib/aws/app';
import { newApp } from '../../lib/cli/estate-app';
import { TEXT, textOf } from '../aws/fixtures';
import { china, draining, everything, joined } from '../e2e/variants';

const app = newApp();
for (const plan of [everything(), china(), joined(), draining()]) emitEstate(app, plan, { userDataOf: textOf(TEXT) });
app.synth();
