import { Route, Routes } from 'react-router';
import { DrillDetail } from './drill-detail.tsx';
import { DrillList } from './drill-list.tsx';

export default function DrillsPage() {
  return (
    <Routes>
      <Route index element={<DrillList />} />
      <Route path=":id" element={<DrillDetail />} />
    </Routes>
  );
}
