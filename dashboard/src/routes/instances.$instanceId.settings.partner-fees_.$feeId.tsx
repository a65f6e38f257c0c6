import { createFileRoute } from '@tanstack/react-router';
import { PartnerFeePage } from '../settings/partner-fees/PartnerFeePage';

export const Route = createFileRoute('/instances/$instanceId/settings/partner-fees_/$feeId')({
  component: function PartnerFeeRoute() {
    const { instanceId, feeId } = Route.useParams();
    return <PartnerFeePage key={feeId} instanceId={instanceId} feeId={feeId} />;
  },
});
