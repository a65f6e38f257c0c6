import { PageSection } from '../../shell/Page';
import { Fact, Facts } from '../../ui/Facts';
import { FileLink } from '../../uploads/FileLink';
import { money } from '../money';
import type { Payin } from './queries';

/** What the payer needs to know: it differs by the method. */
export function HowToPay({ payin }: { payin: Payin }) {
  const { pse_instruction, transfers_instruction } = payin.tracking_transaction;
  return (
    <PageSection
      title="How to pay"
      lead={`The payer sends exactly ${money(payin.sender_amount, payin.currency)}.`}
    >
      <Facts>
        <Fact label="Pix code" value={payin.pix_code} mono />
        <Fact label="CLABE" value={payin.clabe} mono />
        <Fact label="Reference to give" value={payin.memo_code} mono />
        {pse_instruction && (
          <Fact label="Payment page">
            <FileLink url={pse_instruction.payment_link}>Open the page of the bank</FileLink>
          </Fact>
        )}
        <Fact
          label={transfers_instruction?.type ?? ''}
          value={transfers_instruction?.account}
          mono
        />
        {isByBank(payin) && <BankFacts payin={payin} />}
      </Facts>
    </PageSection>
  );
}

function isByBank({ payment_method: method }: Payin): boolean {
  return ['ach', 'wire', 'rtp', 'ted', 'international_swift'].includes(method);
}

function BankFacts({ payin }: { payin: Payin }) {
  const bank = payin.blindpay_bank_details;
  const isSwift = payin.payment_method === 'international_swift';
  return (
    <>
      <Fact label="Account holder" value={bank.beneficiary.name} />
      <Fact label="Bank" value={bank.receiving_bank.name} />
      {isSwift ? (
        <>
          <Fact label="SWIFT code (BIC)" value={bank.swift_bic_code} mono />
          <Fact label="Account number" value={bank.swift_account_number} mono />
        </>
      ) : (
        <>
          <Fact label="Routing number" value={bank.routing_number} mono />
          <Fact label="Account number" value={bank.account_number} mono />
        </>
      )}
    </>
  );
}
