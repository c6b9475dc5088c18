import { parseDate } from '@internationalized/date';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateRangePicker,
  DateSegment,
  FieldError,
  Group,
  Heading,
  Label,
  Popover,
  Dialog,
  RangeCalendar,
} from 'react-aria-components';
import styles from './field.module.css';

/** Civil days as the hub writes them, such as `2026-03-01`; both included. */
export interface Days {
  readonly start: string;
  readonly end: string;
}

interface DateProps {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
  readonly isRequired?: boolean;
  readonly problem?: string | undefined;
}

/** One civil day; typed or picked. */
export function DateField({ label, value, onChange, problem, isRequired = false }: DateProps) {
  return (
    <DatePicker
      value={value === null ? null : parseDate(value)}
      onChange={(day) => {
        onChange(day?.toString() ?? null);
      }}
      isRequired={isRequired}
      isInvalid={problem !== undefined}
      className={styles['field']}
    >
      <Label className={styles['label']}>{label}</Label>
      <Group className={styles['picker']}>
        <DateInput className={styles['days']}>
          {(segment) => <DateSegment segment={segment} className={styles['segment']} />}
        </DateInput>
        <Button className={styles['open']}>▾</Button>
      </Group>
      <FieldError className={styles['problem']}>{problem}</FieldError>
      <Popover className={styles['popover']}>
        <Dialog>
          <Calendar className={styles['calendar']}>
            <MonthBar />
            <CalendarGrid>{(day) => <CalendarCell date={day} className={styles['cell']} />}</CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

interface RangeProps {
  readonly label: string;
  readonly value: Days | null;
  readonly onChange: (days: Days | null) => void;
  readonly isRequired?: boolean;
  readonly problem?: string | undefined;
}

/** From a day to a day, both included. */
export function DateRangeField({ label, value, onChange, problem, isRequired = false }: RangeProps) {
  return (
    <DateRangePicker
      value={value && { start: parseDate(value.start), end: parseDate(value.end) }}
      onChange={(days) => {
        onChange(days && { start: days.start.toString(), end: days.end.toString() });
      }}
      isRequired={isRequired}
      isInvalid={problem !== undefined}
      className={styles['field']}
    >
      <Label className={styles['label']}>{label}</Label>
      <Group className={styles['picker']}>
        <DateInput slot="start" className={styles['days']}>
          {(segment) => <DateSegment segment={segment} className={styles['segment']} />}
        </DateInput>
        <span aria-hidden="true">–</span>
        <DateInput slot="end" className={styles['days']}>
          {(segment) => <DateSegment segment={segment} className={styles['segment']} />}
        </DateInput>
        <Button className={styles['open']}>▾</Button>
      </Group>
      <FieldError className={styles['problem']}>{problem}</FieldError>
      <Popover className={styles['popover']}>
        <Dialog>
          <RangeCalendar className={styles['calendar']}>
            <MonthBar />
            <CalendarGrid>{(day) => <CalendarCell date={day} className={styles['cell']} />}</CalendarGrid>
          </RangeCalendar>
        </Dialog>
      </Popover>
    </DateRangePicker>
  );
}

function MonthBar() {
  return (
    <header>
      <Button slot="previous" className={styles['open']}>
        ‹
      </Button>
      <Heading />
      <Button slot="next" className={styles['open']}>
        ›
      </Button>
    </header>
  );
}
