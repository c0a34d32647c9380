import { Route, Routes } from 'react-router';
import { IncidentDetail } from './incident-detail.tsx';
import { IncidentList } from './incident-list.tsx';

export default function IncidentsPage() {
  return (
    <Routes>
      <Route index element={<IncidentList />} />
      <Route path=":id" element={<IncidentDetail />} />
    </Routes>
  );
}
