import { channel } from './channel.ts';
import type { Interface } from './interface.ts';
import { irs } from './irs.ts';
import { jpaas } from './jpaas.ts';
import { jpage } from './jpage.ts';
import { label } from './label.ts';
import { search } from './search.ts';
import { xxgk } from './xxgk.ts';

export const interfaces = { channel, irs, jpaas, jpage, label, search, xxgk } satisfies Record<string, Interface>;
