import type { SeedTerm } from './seed-types.ts';

/** Ways to reach an audience, by group. */
const GROUPS: Readonly<
  Record<string, { readonly label: string; readonly channels: Readonly<Record<string, string>> }>
> = {
  interpersonal: {
    label: 'Face to face',
    channels: {
      peer_or_returnee_messenger: 'Peers or returnees as messengers',
      community_meeting: 'Community meetings',
      door_to_door: 'Door to door',
      place_of_worship: 'Places of worship',
      school_session: 'Sessions at school',
      pre_employment_orientation: 'Pre-employment orientation',
      pre_departure_seminar: 'Pre-departure seminars',
      migrant_resource_centre: 'Migrant resource centres',
      help_desk: 'Help desks',
    },
  },
  voice: { label: 'Voice and text', channels: { hotline: 'Hotline', sms_ussd: 'SMS or USSD' } },
  messaging: {
    label: 'Messaging',
    channels: {
      whatsapp: 'WhatsApp',
      messenger: 'Messenger',
      telegram: 'Telegram',
      viber: 'Viber',
      line: 'LINE',
      zalo: 'Zalo',
      imo: 'imo',
    },
  },
  social: {
    label: 'Social media',
    channels: { facebook: 'Facebook', tiktok: 'TikTok', youtube: 'YouTube', instagram: 'Instagram', x: 'X' },
  },
  other_online: {
    label: 'Other online',
    channels: {
      influencer: 'Influencers',
      job_platform_warning: 'Warnings on job platforms',
      search_ads: 'Search advertisements',
      website_chatbot: 'Website or chatbot',
    },
  },
  broadcast: {
    label: 'Broadcast',
    channels: { radio: 'Radio', community_radio: 'Community radio', tv: 'Television', loudspeaker: 'Loudspeakers' },
  },
  outdoor_and_events: {
    label: 'Outdoor and events',
    channels: {
      print_poster: 'Print and posters',
      outdoor: 'Outdoor advertising',
      theatre_drama: 'Theatre and drama',
      film_screening: 'Film screenings',
      sport_or_concert: 'Sport or concerts',
      mobile_van: 'Mobile vans',
    },
  },
};

export const CHANNELS: readonly SeedTerm[] = [
  ...Object.entries(GROUPS).map(([code, group]): SeedTerm => ({ kind: 'channel_group', code, label: group.label })),
  ...Object.entries(GROUPS).flatMap(([parent, group]) =>
    Object.entries(group.channels).map(([code, label]): SeedTerm => ({ kind: 'channel', code, label, parent })),
  ),
];
