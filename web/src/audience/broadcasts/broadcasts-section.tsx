import { Route, Routes } from 'react-router';
import { BroadcastView } from './broadcast-view.tsx';
import { Broadcasts } from './broadcasts.tsx';
import { NewBroadcast } from './new-broadcast.tsx';

export default function BroadcastsSection() {
  return (
    <Routes>
      <Route index element={<Broadcasts />} />
      <Route path="new" element={<NewBroadcast />} />
      <Route path=":id" element={<BroadcastView />} />
    </Routes>
  );
}
