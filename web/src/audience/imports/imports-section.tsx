import { Route, Routes } from 'react-router';
import { ImportView } from './import-view.tsx';
import { Imports } from './imports.tsx';
import { NewImport } from './new-import.tsx';

export default function ImportsSection() {
  return (
    <Routes>
      <Route index element={<Imports />} />
      <Route path="new" element={<NewImport />} />
      <Route path=":id" element={<ImportView />} />
    </Routes>
  );
}
