import { createFileRoute } from '@tanstack/react-router';
import { OnboardingPage } from '../settings/onboarding/OnboardingPage';

export const Route = createFileRoute('/instances/$instanceId/settings/onboarding')({
  component: function OnboardingRoute() {
    const { instanceId } = Route.useParams();
    return <OnboardingPage key={instanceId} instanceId={instanceId} />;
  },
});
