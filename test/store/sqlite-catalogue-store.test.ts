import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import { describeCatalogueStore } from './catalogue-store-contract.ts';

describeCatalogueStore('SQLite', (home, owner) => openCatalogueStore({ home, owner }));
