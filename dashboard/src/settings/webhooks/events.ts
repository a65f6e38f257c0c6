import type { EventType } from './queries';

/** Every event that an endpoint can be told of, in words. */
export const EVENTS: Readonly<Record<EventType, string>> = {
  'customer.new': 'A customer was created',
  'customer.update': 'A customer was changed, or its check was decided',
  'customer.delete': 'A customer was deleted',
  'bankAccount.new': 'A bank account was added',
  'blockchainWallet.new': 'A blockchain wallet was added',
  'wallet.new': 'A wallet was opened',
  'wallet.inbound': 'Money came into a wallet',
  'virtualAccount.new': 'A virtual account was asked for',
  'virtualAccount.complete': 'A virtual account was opened',
  'limitIncrease.new': 'Higher limits were asked for',
  'limitIncrease.update': 'Higher limits were decided on',
  'payin.new': 'A payin was started',
  'payin.update': 'A payin moved on',
  'payin.complete': 'A payin ended',
  'payin.partnerFee': 'A partner fee was earned with a payin',
  'payout.new': 'A payout was started',
  'payout.update': 'A payout moved on',
  'payout.complete': 'A payout ended',
  'payout.partnerFee': 'A partner fee was earned with a payout',
  'transfer.new': 'A transfer was started',
  'transfer.update': 'A transfer moved on',
  'transfer.complete': 'A transfer ended',
  'tos.accept': 'Someone accepted the terms of service',
};
